FROM alpine:3.23 AS base
EXPOSE 25

FROM base
USER nobody
CMD ["sleep", "1"]
