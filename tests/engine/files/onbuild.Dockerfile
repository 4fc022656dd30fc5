# The triggers of "base" run behind the FROM of the last stage, and leave rows of their own.
FROM alpine AS base
# bytes 111
RUN head -c 111 /dev/zero > /base
ONBUILD RUN head -c 222 /dev/zero > /trigger1
ONBUILD COPY seventy /trigger2
ENV A=1

FROM base
# bytes 333
RUN head -c 333 /dev/zero > /own
LABEL org.example.a=1
