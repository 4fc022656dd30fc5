from alpine AS build
cmd ["/run"]
