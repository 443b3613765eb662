CREATE TABLE audit (sequence INTEGER PRIMARY KEY, action TEXT);
