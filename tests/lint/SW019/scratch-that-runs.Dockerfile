FROM scratch AS final
COPY out/server /server
COPY out/static /static
EXPOSE 80
USER 65532:65532
