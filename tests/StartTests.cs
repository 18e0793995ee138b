using Dunning.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests;

/// <summary>What is missing or wrong among the settings stops the start, by name, and not the first message.</summary>
public sealed class StartTests
{
    private static readonly Uri s_nowhere = new("http://127.0.0.1:1/");

    [Theory]
    [InlineData("Sms:ApiSecret", "@Microsoft.KeyVault(VaultName=kv-1;SecretName=sms-api-secret)", "Sms__ApiSecret")]
    [InlineData("Webhooks:0:Secrets:0", "@microsoft.keyvault(SecretUri=https://kv-1.vault.azure.net/secrets/x)", "Webhooks__0__Secrets__0")]
    public void A_secret_that_azure_could_not_read_is_named(string setting, string value, string named)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddDunning(With(setting, value)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kv-1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Email:Provider", "pigeon", "Email__Provider")]
    [InlineData("Email:ConnectionString", "", "Email__Endpoint")]
    [InlineData("Sms:ApiSecret", "", "Sms__ApiSecret")]
    [InlineData("Sms:From", "", "Sms__From")]
    public async Task What_only_a_sender_needs_is_looked_at_too(string setting, string value, string named)
    {
        await using var services = new ServiceCollection().AddLogging().AddDunning(With(setting, value)).BuildServiceProvider();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => services.PrepareAsync(CancellationToken.None));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static IConfiguration With(string setting, string value) => new ConfigurationBuilder()
        .AddConfiguration(LocalSettings.Build(s_nowhere, "UseDevelopmentStorage=true"))
        .AddInMemoryCollection([new(setting, value)])
        .Build();
}
