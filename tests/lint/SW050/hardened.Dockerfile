FROM dhi.io/postgres:17
COPY init.sql /docker-entrypoint-initdb.d/
