-- The owner makes the schema, the app uses it: run once, when the data folder is made.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE doorbuster_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE doorbuster_app LOGIN PASSWORD :'app_password';
CREATE DATABASE doorbuster OWNER doorbuster_owner;
\connect doorbuster
REVOKE ALL ON DATABASE doorbuster FROM PUBLIC;
GRANT CONNECT ON DATABASE doorbuster TO doorbuster_app;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO doorbuster_owner;
GRANT USAGE ON SCHEMA public TO doorbuster_app;
