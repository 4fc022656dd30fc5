FROM alpine AS builder-1.x_y
CMD ["/run"]
