using System.Text;
using Dunning.Local;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Tests.Scenarios;

/// <summary>Every route, with keys of its own level, of another level, a wrong key and no key.</summary>
public sealed class FunctionKeyAuthorization : Scenario
{
    private const string EndpointKey = "an-endpoint-key-of-the-test";

    /// <summary>Health returns numbers only; the others verify signatures, or the key in their address.</summary>
    private static readonly string[] _anonymous =
    [
        "GET health",
        "GET openapi.json",
        "GET reference",
        "POST webhooks/{provider}/{endpointKey}",
        "POST twilio/status",
        "POST twilio/messages",
        "POST inbound-mail/{endpointKey}",
    ];

    protected override FunctionKeys FunctionKeys => new("function-key", "master-key");

    protected override DateTimeOffset Start => ProviderSamples.Now;

    protected override Dictionary<string, string?> Settings => ProviderSamples.Settings(first: 3, EndpointKey);

    private static IEnumerable<(string Method, string Route, AuthorizationLevel Level)> Routes =>
        from function in FunctionMethods.All
        where function.Http is not null
        from method in function.Http!.Methods!
        select (method.ToUpperInvariant(), function.Http!.Route!, function.Http!.AuthLevel);

    [Fact]
    public void Only_health_the_description_of_the_API_and_signed_webhooks_need_no_key() =>
        ScanAssert.Empty(
            Routes
                .Where(r => r.Level is AuthorizationLevel.Anonymous)
                // Pages ask for a session or a signed link: PageAccessTests, PortalAccessTests.
                .Where(r => r.Route.Split('/')[0] is not ("dashboard" or "portal"))
                .Select(r => $"{r.Method} {r.Route}")
                .Except(_anonymous)
        );

    [Fact]
    public void Management_routes_and_deletions_need_the_admin_key()
    {
        var routes = Routes
            .Where(r => r.Route.StartsWith("manage/", StringComparison.Ordinal) || r.Method == "DELETE")
            .ToList();

        Assert.NotEmpty(routes);
        Assert.All(routes, r => Assert.Equal(AuthorizationLevel.Admin, r.Level));
    }

    [Fact]
    public async Task Every_other_route_answers_401_without_its_key()
    {
        var protectedRoutes = Routes.Where(r => r.Level is not AuthorizationLevel.Anonymous).ToList();
        Assert.True(protectedRoutes.Count > 10);
        foreach (var (method, route, level) in protectedRoutes)
        {
            var isAdmin = level is AuthorizationLevel.Admin;
            Assert.Equal((route, 401), (route, await StatusAsync(method, route, null)));
            Assert.Equal((route, 401), (route, await StatusAsync(method, route, "wrong")));
            Assert.Equal((route, 401), (route, await StatusAsync(method, route, EndpointKey)));
            Assert.Equal((route, isAdmin), (route, await StatusAsync(method, route, "function-key") == 401));
            Assert.NotEqual((route, 401), (route, await StatusAsync(method, route, "master-key")));
        }
    }

    [Fact]
    public async Task Health_needs_no_key() => Assert.NotEqual(401, await StatusAsync("GET", "health", null));

    [Fact]
    public async Task A_webhook_that_its_provider_has_not_signed_answers_401_and_one_at_an_unknown_address_404()
    {
        foreach (var provider in PaymentProviders.Names)
        {
            var key = provider switch
            {
                StripeProvider.Name => "local-stripe-endpoint-key",
                StandardWebhooksProvider.Name => "local-standard-endpoint-key",
                _ => EndpointKey,
            };
            Assert.Equal((provider, 404), (provider, await WebhookStatusAsync(provider, key + "x", "forged")));
            // Mollie's classic webhook has no signature: it only causes a query of Mollie's API.
            if (provider == MollieClassicProvider.Name)
                continue;
            Assert.Equal((provider, 401), (provider, await WebhookStatusAsync(provider, key, null)));
            Assert.Equal((provider, 401), (provider, await WebhookStatusAsync(provider, key, "forged")));
        }
    }

    private async Task<int> WebhookStatusAsync(string provider, string key, string? signature)
    {
        var isForm = provider == MollieClassicProvider.Name;
        var body = isForm
            ? "id=tr_1"
            : ProviderSamples.All.FirstOrDefault(sample => sample.Provider == provider)?.Body ?? "{}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{provider}/{key}")
        {
            // Adyen's signature is in the body.
            Content = new StringContent(
                body.Replace("hmacSignature\":\"", "hmacSignature\":\"A", StringComparison.Ordinal),
                Encoding.UTF8,
                isForm ? "application/x-www-form-urlencoded" : "application/json"
            ),
        };
        foreach (
            var header in ProviderSamples
                .All.Select(sample => sample.Header)
                .Append("Stripe-Signature")
                .Append("webhook-signature")
                .Where(name => name.Length > 0)
                .Distinct()
        )
        {
            if (signature is not null)
                request.Headers.TryAddWithoutValidation(header, signature);
        }
        using var response = await Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<int> StatusAsync(string method, string route, string? key)
    {
        var path = string.Join('/', route.Split('/').Select(Example));
        using var request = new HttpRequestMessage(new HttpMethod(method), $"api/{path}");
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var response = await Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static string Example(string part) =>
        part.EndsWith(":int}", StringComparison.Ordinal) ? "1"
        : part.StartsWith('{') ? "nothing"
        : part;
}
