using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunning.Configuration;

/// <summary>
/// All options classes with their sections of the settings. Services take the options object itself. A setting is a
/// property of one of these classes, with its default and its rules.
/// </summary>
internal static class DunningOptions
{
    public static IServiceCollection AddDunningOptions(
        this IServiceCollection services,
        IConfiguration configuration
    ) =>
        services
            .AddSection<StorageOptions>("", configuration)
            .AddSection<ScheduleOptions>("", configuration)
            .AddSection<RetentionOptions>("Retention", configuration)
            .AddSection<MonitoringOptions>("", configuration)
            .AddSection<CreditorOptions>("Dunning", configuration)
            .AddSection<StatementOptions>("Statements", configuration)
            .AddSection<EmailOptions>("Email", configuration)
            .AddSection<SmsOptions>("Sms", configuration)
            .AddSection<InboxOptions>("Inbox", configuration)
            .AddSection<WebhookOptions>("", configuration)
            .AddSection<DashboardOptions>("Dashboard", configuration)
            .AddSection<PortalOptions>("Portal", configuration);

    /// <exception cref="OptionsValidationException">
    /// Settings are missing or invalid; the message lists all of them.
    /// </exception>
    public static void ValidateOptions(this IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException one)
        {
            throw AllOf(one.Failures);
        }
        catch (AggregateException several)
        {
            throw AllOf(several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures));
        }
    }

    private static OptionsValidationException AllOf(IEnumerable<string> failures)
    {
        var all = failures.ToList();
        var message =
            $"Settings are missing or invalid: correct these {all.Count}. docs/settings.md describes them.\n- "
            + string.Join("\n- ", all);
        return new OptionsValidationException(Options.DefaultName, typeof(DunningOptions), [message]);
    }

    private static IServiceCollection AddSection<T>(
        this IServiceCollection services,
        string name,
        IConfiguration configuration
    )
        where T : class
    {
        var section = new OptionsSection<T>(name, configuration);
        services.AddOptions<T>().ValidateOnStart();
        return services
            .AddSingleton<IConfigureOptions<T>>(section)
            .AddSingleton<IValidateOptions<T>>(section)
            .AddSingleton(provider =>
            {
                // Whoever asks first for options gets the failures of all of them.
                provider.ValidateOptions();
                return provider.GetRequiredService<IOptionsMonitor<T>>().CurrentValue;
            });
    }
}
