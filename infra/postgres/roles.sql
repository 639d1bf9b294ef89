-- Run once, by the superuser, on new data: who may do what. The owner makes the schema (the service "migrations"), the app
-- reads and writes rows, the monitor reads figures, race lab and lessons have a schema each of their own.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv monitor_password MONITOR_PASSWORD
\getenv race_lab_password RACE_LAB_PASSWORD
\getenv learn_password LEARN_PASSWORD

CREATE ROLE doorbuster_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE doorbuster_app LOGIN PASSWORD :'app_password';
CREATE ROLE doorbuster_monitor LOGIN PASSWORD :'monitor_password' IN ROLE pg_monitor;
CREATE ROLE doorbuster_race_lab LOGIN PASSWORD :'race_lab_password';
CREATE ROLE doorbuster_learn LOGIN PASSWORD :'learn_password';

CREATE DATABASE doorbuster OWNER doorbuster_owner;
\connect doorbuster
REVOKE ALL ON DATABASE doorbuster FROM PUBLIC;
GRANT CONNECT ON DATABASE doorbuster TO doorbuster_app;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO doorbuster_owner;
GRANT USAGE ON SCHEMA public TO doorbuster_app;
ALTER DEFAULT PRIVILEGES FOR ROLE doorbuster_owner GRANT USAGE ON SCHEMAS TO doorbuster_app;
ALTER DEFAULT PRIVILEGES FOR ROLE doorbuster_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO doorbuster_app;
ALTER DEFAULT PRIVILEGES FOR ROLE doorbuster_owner GRANT USAGE, SELECT ON SEQUENCES TO doorbuster_app;
GRANT CONNECT ON DATABASE doorbuster TO doorbuster_monitor;
GRANT CONNECT ON DATABASE doorbuster TO doorbuster_race_lab;
CREATE SCHEMA doorbuster_race_lab AUTHORIZATION doorbuster_race_lab;
GRANT CONNECT ON DATABASE doorbuster TO doorbuster_learn;
CREATE SCHEMA doorbuster_learn AUTHORIZATION doorbuster_learn;
