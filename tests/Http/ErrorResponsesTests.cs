using System.Text.Json;
using Azure;
using Dunning.Http;
using Dunning.Local;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace Dunning.Tests.Http;

/// <summary>As the worker runs it; <c>StorageOutage</c> shows the same of the local host.</summary>
public sealed class ErrorResponsesTests
{
    /// <summary>Where the ASP.NET Core extension keeps the HTTP context of an invocation.</summary>
    private const string HttpContextKey = "HttpRequestContext";

    private readonly ErrorResponses _errors = new(NullLogger<ErrorResponses>.Instance);

    public static TheoryData<string, int, string> Failures =>
        new()
        {
            { "no answer", 503, "try-again" },
            { "no answer at any attempt", 503, "try-again" },
            { "time-out at any attempt", 503, "try-again" },
            { "overloaded", 503, "try-again" },
            { "too many requests", 503, "try-again" },
            { "the app stops", 503, "try-again" },
            { "forbidden", 500, "internal" },
            { "a defect", 500, "internal" },
            { "a defect at any attempt", 500, "internal" },
            { "chunk", 400, "bad-request" },
            { "header", 431, "bad-request" },
            { "too large", 413, "too-large" },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_exception_becomes_a_problem(string failure, int status, string type)
    {
        var http = NewHttp();

        await _errors.Invoke(Invocation(http), _ => throw Exceptions(failure));

        var problem = JsonElement.Parse(Body(http));
        Assert.Equal(
            (status, "application/problem+json", $"urn:dunning:problem:{type}"),
            (http.Response.StatusCode, http.Response.ContentType, problem.GetProperty("type").GetString())
        );
        Assert.Equal(status == 503 ? "60" : "", http.Response.Headers.RetryAfter.ToString());
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        AssertHeaders(http.Response.Headers);
    }

    [Fact]
    public async Task A_response_has_the_headers()
    {
        var http = NewHttp();

        await _errors.Invoke(Invocation(http), _ => ApiResult.Ok(new { }).ExecuteAsync(http));

        AssertHeaders(http.Response.Headers);
        Assert.Equal((200, "{}"), (http.Response.StatusCode, Body(http)));
    }

    [Fact]
    public async Task What_a_function_began_is_no_part_of_the_error()
    {
        var http = NewHttp();

        await _errors.Invoke(
            Invocation(http),
            _ =>
            {
                http.Response.Headers.Location = "/api/invoices/c-i";
                throw new InvalidOperationException("secret");
            }
        );

        Assert.Equal(("", 500), (http.Response.Headers.Location.ToString(), http.Response.StatusCode));
        AssertHeaders(http.Response.Headers);
    }

    [Fact]
    public async Task A_queue_or_timer_function_goes_on_failing()
    {
        var failure = new RequestFailedException("secret");

        Assert.Same(
            failure,
            await Assert.ThrowsAsync<RequestFailedException>(() =>
                _errors.Invoke(Invocation(http: null), _ => throw failure)
            )
        );
    }

    [Fact]
    public async Task Nothing_is_written_to_a_client_that_has_gone()
    {
        var http = NewHttp();
        http.RequestAborted = new CancellationToken(canceled: true);

        await _errors.Invoke(Invocation(http), _ => throw new OperationCanceledException());

        Assert.Equal("", Body(http));
    }

    [Fact]
    public async Task No_server_is_named_on_Azure_either()
    {
        await using var services = new ServiceCollection()
            .AddDunning(
                new ConfigurationBuilder()
                    .AddConfiguration(LocalSettings.Build(new Uri("http://127.0.0.1/"), "UseDevelopmentStorage=true"))
                    .Build()
            )
            .BuildServiceProvider();

        Assert.False(services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.AddServerHeader);
    }

    private static Exception Exceptions(string failure) =>
        failure switch
        {
            "no answer" => new RequestFailedException("secret"),
            "no answer at any attempt" => new AggregateException("secret", new RequestFailedException("secret")),
            "time-out at any attempt" => new AggregateException("secret", new TaskCanceledException("secret")),
            "overloaded" => new RequestFailedException(503, "secret"),
            "too many requests" => new RequestFailedException(429, "secret"),
            "the app stops" => new OperationCanceledException("secret"),
            "forbidden" => new RequestFailedException(403, "secret"),
            "a defect at any attempt" => new AggregateException("secret", new InvalidOperationException("secret")),
            "chunk" => new IOException("secret"),
            "header" => new Microsoft.AspNetCore.Http.BadHttpRequestException("A header is too long.", 431),
            "too large" => new Microsoft.AspNetCore.Http.BadHttpRequestException("secret", 413),
            _ => new InvalidOperationException("secret"),
        };

    private static void AssertHeaders(IHeaderDictionary headers) =>
        Assert.Equal(
            ("nosniff", "no-store", "DENY", "no-referrer"),
            (
                headers.XContentTypeOptions.ToString(),
                headers.CacheControl.ToString(),
                headers.XFrameOptions.ToString(),
                headers["Referrer-Policy"].ToString()
            )
        );

    private static DefaultHttpContext NewHttp() => new() { Response = { Body = new MemoryStream() } };

    private static string Body(DefaultHttpContext http) =>
        System.Text.Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());

    private static FunctionContext Invocation(HttpContext? http)
    {
        var items = new Dictionary<object, object>();
        if (http is not null)
            items[HttpContextKey] = http;
        var function = new Mock<FunctionDefinition>();
        function.SetupGet(f => f.Name).Returns("Sample");
        var context = new Mock<FunctionContext>();
        context.SetupGet(c => c.Items).Returns(items);
        context.SetupGet(c => c.FunctionDefinition).Returns(function.Object);
        return context.Object;
    }
}
