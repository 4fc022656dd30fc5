FROM example/tool:1-alpine
RUN apt-get update
