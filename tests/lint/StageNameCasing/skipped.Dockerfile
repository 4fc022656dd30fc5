# check=skip=StageNameCasing
FROM alpine AS Builder
CMD ["/run"]
