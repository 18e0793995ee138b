using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A change is sent as JSON: a browser asks the app first before it sends that for a page of another site, and does not
/// ask before it sends a form or plain text.
/// </summary>
public sealed class MediaTypes : Scenario
{
    [Theory]
    [InlineData("POST", "api/invoices/{id}/hold")]
    [InlineData("POST", "api/invoices/{id}/resume")]
    [InlineData("POST", "api/invoices/{id}/dispute")]
    [InlineData("POST", "api/invoices/{id}/void")]
    [InlineData("POST", "api/invoices/{id}/payments")]
    [InlineData("DELETE", "api/invoices/{id}/payments/bank-1")]
    [InlineData("DELETE", "api/customers/{customer}")]
    [InlineData("POST", "api/manage/scan")]
    [InlineData("POST", "api/manage/test-reminder")]
    [InlineData("POST", "api/manage/stop")]
    [InlineData("POST", "api/manage/start")]
    [InlineData("POST", "api/manage/recover/{notice}/sent")]
    [InlineData("POST", "api/manage/recover/{notice}/again")]
    [InlineData("POST", "api/manage/recover/{notice}/drop")]
    [InlineData("POST", "api/manage/recover/x/replay")]
    [InlineData("POST", "api/manage/recover/x/discard")]
    public async Task A_change_is_taken_as_json_only(string method, string path)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = id.Split('-')[0];
        path = path.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{customer}", customer, StringComparison.Ordinal)
            .Replace("{notice}", $"{customer}.n.c", StringComparison.Ordinal);
        foreach (
            var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "a" }
        )
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new ByteArrayContent("{}"u8.ToArray()),
            };
            request.Headers.Add("Idempotency-Key", $"k-{type.Length}");
            if (type.Length > 0)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(
                response.StatusCode == HttpStatusCode.UnsupportedMediaType,
                $"'{type}': {response.StatusCode} {text}"
            );
            Assert.Contains("application/json", text, StringComparison.Ordinal);
        }
        Assert.Equal("open", await StateAsync(id));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    public async Task Json_is_taken_with_its_parameters(string type)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var body = new ByteArrayContent("""{"reason":"they asked"}"""u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await Http.PostAsync($"api/invoices/{id}/hold", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task No_body_needs_no_type()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var held = await Http.PostAsync($"api/invoices/{id}/hold", null);
        using var form = await Http.PostAsync(
            $"api/invoices/{id}/void",
            new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded")
        );

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnsupportedMediaType), (held.StatusCode, form.StatusCode));
    }
}
