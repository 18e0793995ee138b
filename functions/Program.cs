using Dunning;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

// The Azure host's few lines; the local edition has its own (local/Program.cs) and the same composition.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddDunning(builder.Configuration);
using var app = builder.Build();
await app.Services.PrepareAsync(CancellationToken.None);
await app.RunAsync();
