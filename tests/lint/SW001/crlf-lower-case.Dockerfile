FROM alpine:3.23 AS build
RUN touch /x

from scratch
copy --from=build /x /x
run touch /y
