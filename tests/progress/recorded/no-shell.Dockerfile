FROM alpine AS build
RUN echo made > /made
FROM scratch
COPY --from=build /made /made
RUN mkdir /x
