FROM alpine AS Tools
FROM alpine
RUN --mount=from=TOOLS,target=/t /t/run
CMD ["/run"]
