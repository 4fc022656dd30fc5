FROM scratch
RUN dir
