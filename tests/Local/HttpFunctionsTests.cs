using System.Net;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Local;

public sealed class HttpFunctionsTests(AccountFixture account) : IClassFixture<AccountFixture>, IAsyncLifetime
{
    private SampleHost _host = null!;

    public async Task InitializeAsync() => _host = await SampleHost.StartAsync(account.ConnectionString);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_function_gets_route_values_and_services_and_its_result_is_the_answer()
    {
        _host.Host.Clock.SetTo(new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal("GET Ann at 2031-05-04", await _host.Client.GetStringAsync("api/greet/Ann"));

        var json = JsonElement.Parse(await _host.Client.GetStringAsync("api/double/21"));
        Assert.Equal(42, json.GetProperty("number").GetInt32());
        Assert.True(json.GetProperty("canBeCanceled").GetBoolean());
    }

    [Fact]
    public async Task Without_a_route_the_function_name_is_the_route() =>
        Assert.Equal("GET", await _host.Client.GetStringAsync("api/Secret"));

    [Fact]
    public async Task A_known_route_with_another_method_is_405_and_says_what_is_allowed()
    {
        using var answer = await _host.Client.PostAsync("api/greet/Ann", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_route_part_of_the_wrong_type_is_the_callers_mistake()
    {
        using var answer = await _host.Client.GetAsync("api/double/many");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_a_function_throws_stays_inside()
    {
        using var answer = await _host.Client.GetAsync("api/Broken");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/greet/Ann", null, 401)]
    [InlineData("api/greet/Ann", "wrong", 401)]
    [InlineData("api/greet/Ann", "f-key", 200)]
    [InlineData("api/greet/Ann", "m-key", 200)]
    [InlineData("api/Secret", "f-key", 401)]
    [InlineData("api/Secret", "m-key", 200)]
    [InlineData("api/double/1", null, 200)]
    public async Task Keys_open_what_their_level_allows(string address, string? key, int status)
    {
        await using var locked = await SampleHost.StartAsync(
            account.ConnectionString,
            o => o with { Keys = new("f-key", "m-key") }
        );

        using var byQuery = await locked.Client.GetAsync(key is null ? address : $"{address}?code={key}");
        Assert.Equal(status, (int)byQuery.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var byHeader = await locked.Client.SendAsync(request);
        Assert.Equal(status, (int)byHeader.StatusCode);
        Assert.True(status == 200 || byHeader.Content.Headers.ContentType?.MediaType == "application/problem+json");
    }
}
