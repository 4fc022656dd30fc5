# check=experimental=all

# VERSION which one
ARG VERSION=1
# build The compiler
FROM golang AS build
# anything
#
FROM alpine AS b
CMD ["x"]
