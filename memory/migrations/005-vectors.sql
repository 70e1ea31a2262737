-- needs: vector
-- One row per decision revision and model; vectors of different models are never compared.
create table decision_embedding (
  decision_id text not null,
  revision int not null,
  model_id text not null,
  dims int not null,
  text_hash text not null,
  e vector not null,
  created_at timestamptz not null,
  primary key (decision_id, revision, model_id)
);
