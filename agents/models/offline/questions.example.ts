/**
 * Real questions as people type them, and what each must be read as. Asked on Friday 2026-11-20 at 15:10 in Berlin.
 * A row: question | intents | line or machine | time.
 * Time: `at HH:MM`, `HH:MM-HH:MM`, with `MM-DD ` before a time of another day; `now` = until the time of asking.
 * Rows that begin with `>` go on in the thread of the row above.
 */
export const questions = `
why did line 3 stop? | why | line-3 |
Why did Line 3 stop | why | line-3 |
what is going on at line 3, it won't restart | why | line-3 |
did line 1 stop before the break? | stops | line-1 |
whats next on line 2 | order | line-2 |
which line was the worst today | stops |  | 00:00-now
line 2 keeps tripping | why | line-2 |
2 keeps going down | why | line-2 |
why was 4 standing since 10:00? | why | line-4 | 10:00-now
the longest stop on 2 today | stops | line-2 | 00:00-now
which job is on 1 now | order | line-1 | now
how many stops of 3 or more minutes today? | stops | | 00:00-now
list the stops of 2 or more minutes today | stops | | 00:00-now
which stops of 2, 3 or 4 minutes were there today | stops | | 00:00-now
which stops of 3 and a half minutes were there today | stops | | 00:00-now
did the capper and 3 stop | stops | line-3.capper |
what runs on 3 or 4 | status | line-3,line-4 |
Bypass the labeller on line 3 until Monday, we agreed | record | line-3.labeller |
why do we run line 3 slower, we agreed? | decisions | line-3 |
run the pareto for line 3 | stops | line-3 |
can you run the handover? | summary | |
restart of line 3 took how long? | how_long | line-3 |
list the stops of the last 3 minutes on 4 | stops | line-4 | 15:07-now
are you sure it was the capper of line 3? | why | line-3.capper |
wyh did line 3 stpo? | why | line-3 |
why did lien 3 stop | why | line-3 |
why did lin 3 stop | why | line-3 |
why is line three down? | why | line-3 |
why is L3 down | why | line-3 |
why l3 stopped?? | why | line-3 |
why did the third line stop | why | line-3 |
why did the bottling line stop | why | line-3 |
why did the botling line stop? | why | line-3 |
why did line-3 stop | why | line-3 |
why did line #3 stop | why | line-3 |
Why did line no. 3 stop? | why | line-3 |
hey, why did line 3 stop? | why | line-3 |
can you tell me why line 3 is standing | why | line-3 |
what's the reason line 2 stopped | why | line-2 |
what caused the stop on line 1? | why | line-1 |
what was the cause of the stop on the can line | why | line-1 |
root cause for the stop of line 4? | why | line-4 |
how come the pouch line isn't running | why | line-2 |
what happened on line 3 at 14:20? | why | line-3 | at 14:20
what happened at 2pm on line 3 | why | line-3 | at 14:00
what happened to line 3 at 2.20 pm | why | line-3 | at 14:20
why did line 3 stop at 14:20 | why | line-3 | at 14:20
why did line 3 stop at 2? | why | line-3 | at 14:00
why did line 3 stop around 10 | why | line-3 | at 10:00
why did line 3 stop at half past 2 | why | line-3 | at 14:30
why did line 3 stop at noon | why | line-3 | at 12:00
why did line 3 stop at midnight | why | line-3 | at 00:00
why did line 3 stop at 23:30 | why | line-3 | at 11-19 23:30
why did line 3 stop yesterday at 16:05 | why | line-3 | at 11-19 16:05
why did line 3 stop at 9 on monday | why | line-3 | at 11-16 09:00
why did line 3 stop 20 minutes ago | why | line-3 | at 14:50
why did line 3 stop half an hour ago | why | line-3 | at 14:40
why did line 3 stop two hours ago | why | line-3 | at 13:10
why did line 3 stop this morning? | why | line-3 | 06:00-12:00
why did line 3 stop last night | why | line-3 | 11-19 22:00-06:00
why did line 3 stop between 10 and 11? | why | line-3 | 10:00-11:00
why did the capper stop | why | line-3.capper |
why are we down on line 3 | why | line-3 |
why is line 3 not producing | why | line-3 |
what's the problem with line 3? | why | line-3 |
what's up with the filler of line 2 | why | line-2.filler |
WHY DID LINE 3 STOP!!! | why | line-3 |
why did   line   3 stop ... | why | line-3 |
any idea why line 3 stopped at ten past two | why | line-3 | at 14:10
why did line 3 stop at quarter to three | why | line-3 | at 14:45
reason for stop line 3 14:20 | why | line-3 | at 14:20
l3 stop reason? | why | line-3 |
why did the caper stop? | why | line-3.capper |
why did big red stop | why | line-3.capper |
why did the capping machine stop? | why | line-3.capper |
why is the pasteuriser standing | why | line-1.pasteurizer |
why did the filler on line 3 stop | why | line-3.filler |
why did line 3's filler stop | why | line-3.filler |
what's wrong with line 3 | why | line-3 |
whats up with line 2 | why | line-2 |
who stopped line 3? | why | line-3 |
explain the last stop of line 3 | why | line-3 |
line 3 stopped, why? | why | line-3 |
what is holding up line 3 | why | line-3 |
what is the bottleneck of line 3? | bottleneck | line-3 |
what's the botleneck on the pouch line | bottleneck | line-2 |
which machine holds line 2 back today? | bottleneck | line-2 | 00:00-now
where do we lose the most speed on the bottling line? | bottleneck | line-3 |
what is holding us back | bottleneck | |
which machine slows line 1 down the most this week | bottleneck | line-1 | 11-16 00:00-now
which station limits the can line | bottleneck | line-1 |
what keeps line 4 from running faster? | bottleneck | line-4 |
is the capper the bottleneck? | bottleneck | line-3.capper |
where's the bottle neck yesterday on L3 | bottleneck | line-3 | 11-19 00:00-00:00
> and line 1? | bottleneck | line-1 | 11-19 00:00-00:00
> and today? | bottleneck | line-1 | 00:00-now
which bottlenecks did we have last shift | bottleneck | | 06:00-14:00
which machine should we speed up first on the pouch line? | bottleneck | line-2 |
what was the bottleneck of line 3 at 14:20 | bottleneck | line-3 | at 14:20
is line 3 back up | status | line-3 |
status | status | |
status line 3 | status | line-3 |
satus of line 2 | status | line-2 |
is line 3 running? | status | line-3 |
How are the lines? | status | |
how is production going | status | |
line 3 status please | status | line-3 |
is everything ok? | status | |
is anything down? | status | |
which lines are down | status | |
is the packer on line 1 blocked? | status | line-1.packer |
what's line 4 doing | status | line-4 |
is line 3 still down | status | line-3 |
is L2 running right now | status | line-2 | now
how is line 3 doing | status | line-3 |
how's the pouch line | status | line-2 |
hows line 4 looking | status | line-4 |
what's going on on line 1 | status | line-1 |
line 3? | status | line-3 |
status of all lines | status | |
are all lines running? | status | |
what is the state of the labeller | status | line-3.labeller |
status of line 2 and line 3 | status | line-2,line-3 |
how are lines 1 and 4 | status | line-1,line-4 |
which stops did line 3 have today? | stops | line-3 | 00:00-now
which stops did we have this shift | stops | | 14:00-now
list the stops since the shift started | stops | | 14:00-now
stops of line 3 since the start of the shift | stops | line-3 | 14:00-now
stops on line 1 in the early shift | stops | line-1 | 06:00-14:00
what stops did we have last shift | stops | | 06:00-14:00
stops last night shift on line 2 | stops | line-2 | 11-19 22:00-06:00
how often did line 3 stop yesterday | stops | line-3 | 11-19 00:00-00:00
how many times did line 3 stop in the last 3 hours | stops | line-3 | 12:10-now
how many stops in the last hour on line 2 | stops | line-2 | 14:10-now
what were the biggest losses this week | stops | | 11-16 00:00-now
biggest losses on line 1 today | stops | line-1 | 00:00-now
pareto of line 3 last week | stops | line-3 | 11-09 00:00-11-16 00:00
downtime of line 3 today | stops | line-3 | 00:00-now
how much downtime did we have yesterday | stops | | 11-19 00:00-00:00
longest stop today? | stops | | 00:00-now
did line 3 stop today? | stops | line-3 | 00:00-now
has the bottling line stopped since 10? | stops | line-3 | 10:00-now
which line lost the most time since monday | stops | | 11-16 00:00-now
stops between 10:00 and 11:30 on line 3 | stops | line-3 | 10:00-11:30
stops from 9 to 11 on line 3 | stops | line-3 | 09:00-11:00
stops 10:00-11:00 line 3 | stops | line-3 | 10:00-11:00
stops on line 3 between 1 and 3 pm yesterday | stops | line-3 | 11-19 13:00-15:00
stops after 14:00 on line 3 | stops | line-3 | 14:00-now
stops before 10 today on line 3 | stops | line-3 | 00:00-10:00
show me the stops of line 3 on 2026-11-18 | stops | line-3 | 11-18 00:00-11-19 00:00
stops on line 3 on 18 november | stops | line-3 | 11-18 00:00-11-19 00:00
stops on line 3 on Nov 18th | stops | line-3 | 11-18 00:00-11-19 00:00
stops on line 3 on 18.11. | stops | line-3 | 11-18 00:00-11-19 00:00
stops on tuesday afternoon, line 3 | stops | line-3 | 11-17 12:00-18:00
stops the day before yesterday | stops | | 11-18 00:00-11-19 00:00
micro-stops of the labeller today | stops | line-3.labeller | 00:00-now
what order is running on line 3 | order | line-3 |
which order is line 2 on | order | line-2 |
is the order on line 3 late? | order | line-3 |
are we late on line 3 | order | line-3 |
what is line 1 producing | order | line-1 |
what's next on line 3 | order | line-3 |
what product is running on line 4 now | order | line-4 | now
when is the order on line 3 due | order | line-3 |
is line 3 on schedule | order | line-3 |
open orders on line 3 | order | line-3 |
how many bottles are left on line 3 | order | line-3 |
how many did line 3 make today? | order | line-3 | 00:00-now
what did line 2 produce this shift | order | line-2 | 14:00-now
how much have we produced on line 1 so far | order | line-1 |
output of line 4 today | order | line-4 | 00:00-now
when did production on line 3 stop | since_when | line-3 |
is production on line 3 down? | status | line-3 |
how many minor stops did line 3 make today | stops | line-3 | 00:00-now
how many breakdowns did line 3 produce today | stops | line-3 | 00:00-now
why did line 3 lose speed at 14:20 | why | line-3 | at 14:20
why does the capper keep falling back | why | line-3.capper |
what limits apply to torque on the capper | signals | line-3.capper |
which stops lost us the most output on line 3 today? | stops | line-3 | 00:00-now
how long did line 3 stand | how_long | line-3 |
how long has line 3 been down | how_long | line-3 |
how long was the stop at 14:20 on line 3 | how_long | line-3 | at 14:20
for how long has the capper been blocked? | how_long | line-3.capper |
since when is line 3 down | since_when | line-3 |
when did line 3 stop? | since_when | line-3 |
when did line 3 start again | since_when | line-3 |
what time did the pouch line go down | since_when | line-2 |
what did we decide on line 3 | decisions | line-3 |
what did we deside about the capper | decisions | line-3.capper |
what helped last time? | decisions | |
what helped last time the capper jammed | decisions | line-3.capper |
what did we do last time line 3 stopped | decisions | line-3 |
how did we fix it last time on line 2 | decisions | line-2 |
what should we do about line 3 | decisions | line-3 |
any decisions today? | decisions | | 00:00-now
which decisions are in force on line 1 | decisions | line-1 |
has this happened before on line 3 | decisions | line-3 |
what is open? | alerts | |
whats open right now | alerts | | now
any alerts? | alerts | |
open alerts on line 3 | alerts | line-3 |
any problems on line 2 | alerts | line-2 |
anything that needs my attention? | alerts | |
alrets | alerts | |
which sources are down? | sources | |
are all sources up | sources | |
is SAP connected? | sources | |
is the erp down | sources | |
is opc ua up | sources | |
how fresh is the data | sources | |
any data gaps today? | sources | | 00:00-now
is there missing data | sources | |
what's the torque of the capper | signals | line-3.capper |
capper torque last hour | signals | line-3.capper | 14:10-now
show the signals of the capper | signals | line-3.capper |
show me the speed of the filler on line 3 between 10 and 11 | signals | line-3.filler | 10:00-11:00
pressure of the compressed air | signals | compressed-air |
how fast is line 3 running | status | line-3 |
trend of the cap level at 14:00 | signals | line-3.capper | at 14:00
compressed air pressure now | signals | compressed-air | now
speed? | signals | |
what happened today? | summary | | 00:00-now
what happened on line 3 last night | summary | line-3 | 11-19 22:00-06:00
what happened this shift | summary | | 14:00-now
give me a summary of the early shift | summary | | 06:00-14:00
shift summary | summary | |
shift handover please | summary | |
what did I miss? | summary | |
how was the night shift | summary | | 11-19 22:00-06:00
which machines does line 3 have | equipment | line-3 |
what lines are there | equipment | |
help | capabilities | |
hi | capabilities | |
what can you do? | capabilities | |
what can I ask | capabilities | |
record: run line 3 at 80% until the bearing is changed | record | line-3 |
we decided to run the capper slower until 18:00 | record | line-3.capper |
please note that we swap the reel at every break on line 2 | record | line-2 |
decision: line 1 waits for the lab | record | line-1 |
why did line 3 stop and what helped last time? | why,decisions | line-3 |
is line 3 running and what order is it on | status,order | line-3 |
what is open and which sources are down? | alerts,sources | |
why is the order on line 3 late | order | line-3 |
what is the meaning of life | | |
tell me a joke | | |
asdf qwer | | |
can I have a coffee | | |
why did line 3 stop? | why | line-3 |
> and line 2? | why | line-2 |
> when did it start? | since_when | line-2 |
> how long? | how_long | line-2 |
> why? | why | line-2 |
> is it running again? | status | line-2 |
> which order was that? | order | line-2 |
> what helped last time? | decisions | line-2 |
> and the bottling line? | decisions | line-3 |
which stops did line 3 have today? | stops | line-3 | 00:00-now
> what about yesterday? | stops | line-3 | 11-19 00:00-00:00
> and line 2? | stops | line-2 | 11-19 00:00-00:00
> and last night? | stops | line-2 | 11-19 22:00-06:00
> and all lines? | stops | | 11-19 22:00-06:00
torque of the capper last hour | signals | line-3.capper | 14:10-now
> and the filler? | signals | line-3.filler | 14:10-now
status of line 3 | status | line-3 |
> and the capper? | status | line-3.capper |
> why did it stop? | why | line-3.capper |
> what is open? | alerts | |
> why did the filler stop | why | line-3.filler |
why did line 3 stop at 14:20? | why | line-3 | at 14:20
> how long was it? | how_long | line-3 | at 14:20
> and at 10:05? | how_long | line-3 | at 10:05
> same for line 2 | how_long | line-2 | at 10:05
`;
