FROM alpine:3.23 AS base
RUN touch /x

FROM bsae AS next
RUN --mount=type=bind,from=bas,target=/x ls

FROM Base
