FROM scratch AS s
RUN --mount=type=bind,source=$WHAT,target=/x ["/x/run"]
