FROM scratch
HEALTHCHECK NONE

FROM scratch
HEALTHCHECK CMD ["/app", "health"]

FROM alpine
HEALTHCHECK CMD wget -q http://localhost/

FROM example.com/unknown
HEALTHCHECK CMD wget -q http://localhost/

FROM scratch
HEALTHCHECK CMD /replaced
HEALTHCHECK NONE
