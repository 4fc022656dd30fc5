FROM mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled
WORKDIR /app
COPY out .
CMD ["dotnet", "Shop.dll"]
