using System.Text;
using Azure.Data.Tables;
using Dunning.Http;
using Dunning.Local;
using Dunning.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Http;

public sealed class IdempotencyTests(AccountFixture account) : IClassFixture<AccountFixture>, IAsyncLifetime
{
    private readonly MovableClock _clock = new(TestData.Time("2026-02-05T09:00Z"), frozen: true);
    private readonly TableClient _table = new TableServiceClient(account.ConnectionString).GetTableClient(
        $"keys{Guid.NewGuid():N}"
    );
    private int _runs;

    public Task InitializeAsync() => _table.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task The_answer_to_a_key_is_given_again_and_the_work_is_not_done_again()
    {
        var first = await Ask("k-1");
        var second = await Ask("k-1");

        Assert.Equal((201, 1), (first.Status, _runs));
        Assert.Equal((first.Status, first.Body, first.ContentType), (second.Status, second.Body, second.ContentType));
        Assert.Equal("/x/1", second.Headers["Location"]);
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.DoesNotContain("Idempotency-Replayed", first.Headers.Keys);
    }

    [Fact]
    public async Task Another_key_another_path_and_no_key_are_other_work()
    {
        await Ask("k-1");
        await Ask("k-2");
        await Ask("k-1", path: "/api/other");
        await Ask(null);
        await Ask(null);

        Assert.Equal(5, _runs);
    }

    [Fact]
    public async Task A_quoted_key_is_the_same_key()
    {
        await Ask("k-1");

        Assert.Equal("true", (await Ask("\"k-1\"")).Headers["Idempotency-Replayed"]);
    }

    [Fact]
    public async Task A_key_that_comes_with_another_body_is_refused()
    {
        await Ask("k-1");

        var reused = await Ask("k-1", body: "other");

        Assert.Equal((422, 1), (reused.Status, _runs));
        Assert.Contains("idempotency-key-reused", reused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_first_request_runs_the_second_is_told_to_wait()
    {
        ApiResult? second = null;

        var first = await Ask(
            "k-1",
            work: async () =>
            {
                second = await Ask("k-1");
                return ApiResult.Ok(new { Done = true });
            }
        );

        Assert.Equal((200, 409, 0), (first.Status, second!.Status, _runs));
        Assert.Contains("idempotency-in-progress", second.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 409)]
    [InlineData(301, 201)]
    public async Task A_request_that_died_holds_its_key_for_five_minutes(int seconds, int status)
    {
        ApiResult? second = null;

        await Ask(
            "k-1",
            work: async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(seconds));
                second = await Ask("k-1");
                return ApiResult.Ok(new { Done = true });
            }
        );

        Assert.Equal(status, second!.Status);
    }

    [Theory]
    [InlineData(48 * 60, 1)]
    [InlineData((48 * 60) + 1, 2)]
    public async Task An_answer_is_kept_for_two_days(int minutes, int expected)
    {
        await Ask("k-1");
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        await Ask("k-1");

        Assert.Equal(expected, _runs);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(422, 1)]
    [InlineData(409, 1)]
    [InlineData(429, 2)]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    public async Task A_server_error_is_not_kept_and_other_responses_are(int status, int expected)
    {
        for (var n = 0; n < 2; n++)
            await Ask(
                "k-1",
                work: () => Done(new ApiResult(status, "{}", "application/json", new Dictionary<string, string>()))
            );

        Assert.Equal(expected, _runs);
    }

    [Fact]
    public async Task An_exception_frees_the_key()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Ask("k-1", work: () => throw new TimeoutException()));

        Assert.Equal(201, (await Ask("k-1")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("kæ")]
    [InlineData("k\u007f")]
    public async Task A_key_that_is_no_key_is_refused(string key)
    {
        Assert.Equal(400, (await Ask(key)).Status);
        Assert.Equal(400, (await Ask(new string('k', 256))).Status);
        Assert.Equal(201, (await Ask(new string('k', 255))).Status);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Of_many_at_once_one_does_the_work()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask("k-1")));

        Assert.Equal(1, _runs);
        Assert.All(answers, a => Assert.True(a.Status is 201 or 409));
    }

    [Fact]
    public async Task Of_two_that_take_over_from_a_dead_request_the_slower_is_told_to_wait()
    {
        await Ask("k-1");
        _clock.Advance(TimeSpan.FromHours(49));

        var slower = await Ask("k-1", through: new ConflictingTable(_table));

        Assert.Equal((409, 1), (slower.Status, _runs));
    }

    private async Task<ApiResult> Ask(
        string? key,
        string body = "body",
        string path = "/api/invoices",
        Func<Task<ApiResult>>? work = null,
        TableClient? through = null
    )
    {
        var request = new DefaultHttpContext { Request = { Method = "POST", Path = path } }.Request;
        if (key is not null)
            request.Headers[Idempotency.Header] = key;
        return (ApiResult)
            await new Idempotency(through ?? _table, _clock).RunAsync(
                request,
                Encoding.UTF8.GetBytes(body),
                work ?? (() => Done(null)),
                CancellationToken.None
            );
    }

    private Task<ApiResult> Done(ApiResult? answer)
    {
        var run = Interlocked.Increment(ref _runs);
        return Task.FromResult(answer ?? ApiResult.Created($"/x/{run}", new { Run = run }));
    }
}
