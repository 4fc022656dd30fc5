FROM alpine
CMD run $HOME
