# expect: works
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/mkdir /usr/bin/mkdir
RUN ["mkdir", "/data"]
COPY --from=busybox:musl /bin/ls /usr/bin/ls
CMD ["ls", "/data"]
