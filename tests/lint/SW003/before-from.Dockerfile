FRMO node:22
RUN ["/b"]
RUN ["node", "a.js"]
RUN apt-get install x
USER app
WORKDIR /a
COPY --chown=app a /b
ENTRYPOINT ["/b"]
CMD ["x"]
HEALTHCHECK CMD curl x
EXPOSE 80
SHELL ["/bin/bash"]
ONBUILD RUN ["/c"]
VOLUME /x
