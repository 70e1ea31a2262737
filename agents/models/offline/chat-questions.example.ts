/**
 * More questions in the same form as `questions.example.ts`, and asked at the same time: rankings, spans and sums of
 * stops, and how people type in a chat.
 */
export const chatQuestions = `
which line stopped most today? | stops | | 00:00-now
what stopped us most this shift? | stops | | 14:00-now
top 3 stops of line 3 today | stops | line-3 | 00:00-now
which machine stopped most on line 3 this week | stops | line-3 | 11-16 00:00-now
what is the worst machine on line 3 | stops | line-3 |
worst line yesterday | stops | | 11-19 00:00-00:00
top 3 reasons line 3, last 24h | stops | line-3 | 11-19 15:10-now
which line stopped most today and why | stops,why | | 00:00-now
why was the longest stop today | stops | | 00:00-now
why was the longest stop of line 3 today | why | line-3 | 00:00-now
how long was line 2 down today | stops | line-2 | 00:00-now
how much time did we loose on bottling today | stops | line-3 | 00:00-now
how long was the stop this morning on line 2 | how_long | line-2 | 06:00-12:00
stops over 5 min since 6 on line 1 | stops | line-1 | 06:00-now
was yesterday worse than today on line 1 | stops | line-1 | 00:00-now
more stops than yesterday on line 1? | stops | line-1 | 00:00-now
compare this shift with the last shift | stops | | 14:00-now
what stood last night while i was home | stops | | 11-19 22:00-06:00
what stopped line 3 this morning | why | line-3 | 06:00-12:00
did 2 stop before lunch or not | stops | line-2 | 00:00-12:00
biggest stop on bottling on the 19th? | stops | line-3 | 11-19 00:00-00:00
stops on line 3 on the 25th | stops | line-3 | 10-25 00:00-10-26 00:00
what killed the pouch line monday early | why | line-2 | 11-16 06:00-14:00
what happened on line 1 between 9 and half 10 | summary | line-1 | 09:00-10:30
why did line 4 stop at 2 in the nite | why | line-4 | at 02:00
why did line 4 stop at 10 in the evening | why | line-4 | at 11-19 22:00
y did the capper stop at 14:05 | why | line-3.capper | at 14:05
who's to blame for the stop on line 3 | why | line-3 |
was it the air again on line 3? | why | compressed-air |
ops say labels ran out on 3. true? | why | line-3 |
last stop line three? | why | line-3 |
reason for the big stop on 3 this morning pls | why | line-3 | 06:00-12:00
what are we running on 1 | order | line-1 |
what should i do about 3 | decisions | line-3 |
how many caps are left on line 3 | signals | line-3.capper |
where do you get your data from | sources | |
when did you last hear from SAP | sources | |
why are the numbers on 3 frozen | sources | line-3 |
which line produced most today | | | 00:00-now
how many cans fit between seamer and pasteurizer | equipment | line-1.seamer |
rated speed of the filler on line 1? | equipment | line-1.filler |
did anybody acknowledge that one | alerts | |
which line stopped most today | stops | | 00:00-now
> and yesterday? | stops | | 11-19 00:00-00:00
> why? | stops | | 11-19 00:00-00:00
> and line 3? | stops | line-3 | 11-19 00:00-00:00
why did line 3 stop? | why | line-3 |
> which line stopped most today | stops | | 00:00-now
`;
