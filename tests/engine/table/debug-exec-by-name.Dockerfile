# expect: works
FROM gcr.io/distroless/static-debian12:debug
RUN ["mkdir", "/data"]
ENTRYPOINT ["ls", "/data"]
