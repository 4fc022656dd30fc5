# stagewright ignore-file=SW001 without this line the next would count
# escape=`
FROM busybox
COPY a \
  /b
