FROM alpine:3.23
RUN touch /x

FROM scratch
COPY --from=0 /x /x
RUN touch /y
