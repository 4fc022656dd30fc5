FROM alpine:3.22
COPY --from=openjdk:8 /x /x
