from alpine
RUN x
