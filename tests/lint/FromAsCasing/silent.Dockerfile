FROM alpine AS build
FROM build
CMD ["/run"]
