# A file that is written twice and one that is taken away: bytes in the image that nobody sees.
FROM alpine
# bytes 100000
RUN head -c 100000 /dev/zero > /twice
# bytes 100000
RUN head -c 100000 /dev/urandom > /twice
# bytes 50000
RUN head -c 50000 /dev/zero > /gone
RUN rm /gone
