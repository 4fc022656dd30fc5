FROM alpine
MAINTAINER Ada <ada@example.org>
CMD ["x"]
