FROM scratch AS base
COPY app /app
CMD /app

FROM base
ENV A=1
