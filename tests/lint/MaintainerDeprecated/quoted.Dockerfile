FROM alpine
MAINTAINER "Ada Lovelace"
CMD ["x"]
