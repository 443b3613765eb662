-- Runs and swaps that are over are removed by number and by age, in the order of these.
CREATE INDEX runs_of_instance ON runs (instance, begun_at);
CREATE INDEX swaps_over ON swaps (ended_at) WHERE state = 'over';
