FROM alpine AS final
COPY --from=build /x /x

FROM alpine AS build
RUN touch /x
