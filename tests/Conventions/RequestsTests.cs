using System.Text;
using System.Text.RegularExpressions;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Conventions;

/// <summary><c>requests.http</c> has a request for every route.</summary>
public sealed partial class RequestsTests
{
    private static readonly string _file = Sources.Text("requests.http").ReplaceLineEndings("\n");

    private static IEnumerable<(string Method, string Path)> Requests =>
        RequestLine().Matches(_file).Select(line => (line.Groups["method"].Value, line.Groups["path"].Value));

    [Fact]
    public void Has_a_request_for_every_route() =>
        ScanAssert.Empty(Routes().Where(route => !Requests.Any(request => Goes(request, route))));

    [Fact]
    public void Has_no_request_that_nothing_answers() =>
        ScanAssert.Empty(Requests.Where(request => !Routes().Any(route => Goes(request, route))));

    [Theory]
    [InlineData("GET", "invoices/{{a.response.body.$.id}}", "GET", "invoices/{id}", true)]
    [InlineData("GET", "invoices?externalId=1", "GET", "invoices", true)]
    [InlineData("GET", "invoices", "POST", "invoices", false)]
    [InlineData("GET", "invoices/1/hold", "GET", "invoices/{id}", false)]
    public void A_request_goes_to_the_route_of_its_shape(
        string method,
        string path,
        string routeMethod,
        string route,
        bool goes
    ) => Assert.Equal(goes, Goes((method, path), (routeMethod, route)));

    /// <summary>The file contains its signature, so that it can be sent unchanged.</summary>
    [Fact]
    public void The_webhook_is_signed_with_the_secret_of_the_sample()
    {
        var webhook = SignedWebhook().Match(_file);
        var sample = Sources.Text("local.settings.sample.json");
        var request = new WebhookRequest(
            [new("X-Razorpay-Signature", webhook.Groups["signature"].Value)],
            Encoding.UTF8.GetBytes(webhook.Groups["body"].Value)
        );

        Assert.Contains($"\"{webhook.Groups["key"].Value}\"", sample, StringComparison.Ordinal);
        Assert.Contains("\"local-razorpay-secret\"", sample, StringComparison.Ordinal);
        Assert.True(
            WebhookSignatures.Verify(
                RazorpayProvider.Name,
                request,
                ["local-razorpay-secret"],
                DateTimeOffset.UnixEpoch
            )
        );
    }

    /// <summary>
    /// Without the pages, which are opened in a browser: tests/Dashboard and tests/Portal ask for every one.
    /// </summary>
    private static IEnumerable<(string Method, string Route)> Routes() =>
        from function in FunctionMethods.All
        where function.Http?.Route is { } path && path.Split('/')[0] is not ("dashboard" or "portal")
        from method in function.Http!.Methods ?? []
        select (method.ToUpperInvariant(), function.Http!.Route!);

    private static bool Goes((string Method, string Path) request, (string Method, string Route) route)
    {
        var path = request.Path.Split('?')[0].Split('/');
        var shape = route.Route.Split('/');
        return request.Method == route.Method
            && path.Length == shape.Length
            && shape.Zip(path).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{host\}\}/api/(?<path>\S+)$", RegexOptions.Multiline)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"webhooks/razorpay/(?<key>\S+)\n.*\nX-Razorpay-Signature: (?<signature>\S+)\n\n(?<body>.+)\n")]
    private static partial Regex SignedWebhook();
}
