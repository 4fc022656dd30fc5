FROM alpine
COPPY . .
RUN --mont=type=cache,target=/x ls
FROM
COPY --from=9 /a /b
WORKDIR
