using System.Net;
using Dunning.Local;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class KeysAreAskedFor : Story
{
    protected override FunctionKeys FunctionKeys => new("function-key", "master-key");

    [Theory]
    [InlineData("GET", "api/invoices?externalId=x", "function-key")]
    [InlineData("POST", "api/invoices", "function-key")]
    [InlineData("POST", "api/invoices/import", "function-key")]
    [InlineData("GET", "api/manage/recover", "master-key")]
    [InlineData("GET", "api/manage/payments/unmatched", "master-key")]
    [InlineData("POST", "api/manage/scan", "master-key")]
    [InlineData("POST", "api/manage/recover/0/sent", "master-key")]
    [InlineData("POST", "api/manage/recover/0/again", "master-key")]
    [InlineData("POST", "api/manage/recover/0/drop", "master-key")]
    [InlineData("POST", "api/manage/recover/0/replay", "master-key")]
    [InlineData("POST", "api/manage/recover/0/discard", "master-key")]
    public async Task A_route_answers_401_without_its_key_and_not_401_with_it(string method, string path, string key)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, "wrong"));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(method, path, key));
    }

    [Fact]
    public async Task Health_needs_no_key() => Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync("GET", "api/health", null));

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }
}
