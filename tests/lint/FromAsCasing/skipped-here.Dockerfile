FROM alpine AS a
# check=skip=FromAsCasing
FROM busybox as b
FROM a as c
COPY --from=b /x /
