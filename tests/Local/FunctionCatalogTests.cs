using Dunning.Local;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Dunning.Tests.Local;

public sealed class FunctionCatalogTests
{
    private static readonly IConfiguration _settings = new ConfigurationBuilder()
        .AddInMemoryCollection([
            new("First", "one"),
            new("Second", "two"),
            new("Third", "three"),
            new("Hours", "0 0 * * * *"),
        ])
        .Build();

    [Fact]
    public void Each_function_is_listed_with_its_trigger_and_the_settings_it_names()
    {
        var catalog = FunctionCatalog.Read(
            [typeof(HttpSamples), typeof(QueueSamples), typeof(TimerSamples), typeof(CallLog)],
            _settings
        );
        Assert.Equal(["Broken", "Greet", "Secret", "Twice"], catalog.Http.Select(f => f.Name));
        Assert.Equal(["two", "one", "three"], catalog.Queues.Select(f => f.Queue));
        Assert.Equal("0 0 * * * *", catalog.Timers.Single(f => f.Name == "Hourly").Schedule);
        Assert.Equal(["GET"], catalog.Http.Single(f => f.Name == "Greet").Methods);
        Assert.Equal(AuthorizationLevel.Admin, catalog.Http.Single(f => f.Name == "Secret").Level);
    }

    [Fact]
    public void A_missing_setting_is_named_together_with_the_function_that_needs_it()
    {
        var thrown = Assert.Throws<CannotRunHereException>(() =>
            FunctionCatalog.Read([typeof(TimerSamples)], new ConfigurationBuilder().Build())
        );
        Assert.Contains("Hourly", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Hours", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_used_twice_is_refused()
    {
        var thrown = Assert.Throws<CannotRunHereException>(() =>
            FunctionCatalog.Read([typeof(HttpSamples), typeof(GreetAgain)], _settings)
        );
        Assert.Contains("HttpSamples.Greet", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("GreetAgain.Run", thrown.Message, StringComparison.Ordinal);
    }

    public static class GreetAgain
    {
        [Function("greet")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Results.Text(request.Method);
    }
}
