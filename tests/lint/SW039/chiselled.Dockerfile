FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ENV TZ=Asia/Tokyo
WORKDIR /app
COPY out .
ENTRYPOINT ["dotnet", "app.dll"]
