ARG BASE=alpine
FROM ${BASE}
# bytes 4321
RUN head -c 4321 /dev/zero > /big

FROM 	${BASE}  
# bytes 21
RUN head -c 21 /dev/zero > /small

FROM scratch AS out
# bytes 4321
COPY --from=0 /big /
# bytes 21
COPY --from=1 /small /
