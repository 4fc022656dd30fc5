FROM alpine
ENV TEXT some words $HOME
LABEL a "b c"
CMD ["x"]
