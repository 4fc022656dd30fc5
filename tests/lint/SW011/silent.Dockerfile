FROM gcr.io/distroless/nodejs24-debian13:nonroot AS a
HEALTHCHECK CMD ["/nodejs/bin/node", "health.js"]
CMD ["/a.js"]
FROM debian:trixie AS b
HEALTHCHECK CMD ["curl", "x"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS c
COPY --from=probe /curl /usr/bin/curl
HEALTHCHECK CMD ["curl", "x"]
CMD ["/a.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS d
HEALTHCHECK NONE
CMD ["/a.js"]
FROM example.com/x
HEALTHCHECK CMD ["curl", "x"]
