"""Invented sentences for every clause type: three that are of it, and one near miss that is not."""

SENTENCES: dict[str, tuple[tuple[str, str, str], str]] = {
    "arbitration": (
        (
            "Any dispute about the Loom service will be settled by final and binding arbitration in Graz.",
            "You and Fernbank agree to arbitrate every claim instead of going before a judge.",
            "The arbitrator shall have power to award the same relief as a court.",
        ),
        "The moderators act as referees between sellers, and their word is friendly advice.",
    ),
    "class_action_waiver": (
        (
            "You may bring claims only in your individual capacity, not as a member of any class action.",
            "Each party gives up the right to a jury trial.",
            "The tribunal may not consolidate more than one person's claims.",
        ),
        "Business class seats can be booked through the app from Monday.",
    ),
    "jurisdiction_venue": (
        (
            "The courts of Lisbon have exclusive jurisdiction over any quarrel about these terms.",
            "Lawsuits must be brought in the district court for the county of Marlow.",
            "You submit to the personal jurisdiction of the tribunals located in Tartu.",
        ),
        "Some features are not offered in your jurisdiction.",
    ),
    "choice_of_law": (
        (
            "These terms are governed by the laws of Estonia.",
            "This contract shall be construed in accordance with the law of the Republic of Ireland.",
            "The laws of New South Wales will apply to these rules, without regard to conflict of laws.",
        ),
        "We keep invoices because tax law tells us to.",
    ),
    "claim_time_limit": (
        (
            "You must bring any claim within one year after the event, or it is barred.",
            "Causes of action not filed within six months after they arose are permanently barred.",
            "The limitation period for every action against us is twelve months.",
        ),
        "You must return the router within 14 days after you cancel.",
    ),
    "liability_limitation": (
        (
            "In no event will Fernbank be liable for lost profits.",
            "Our total liability shall not exceed the fees you paid in the last twelve months.",
            "We are not responsible for indirect or consequential damages of any kind.",
        ),
        "You are responsible for the charges of your mobile network.",
    ),
    "warranty_disclaimer": (
        (
            'The service is provided "as is" and "as available".',
            "We disclaim all implied warranties, such as fitness for a particular purpose.",
            "We do not guarantee that the app will be uninterrupted or error-free.",
        ),
        "Photographs are resized automatically, as is customary on phones.",
    ),
    "indemnification": (
        (
            "You will indemnify us against every claim that your uploads cause.",
            "You agree to defend and hold Fernbank harmless from third-party claims.",
            "The customer shall indemnify us for losses that follow from its breach.",
        ),
        "The coating is harmless to pets and plants.",
    ),
    "acceptance_by_use": (
        (
            "By using the service you agree to be bound by these terms.",
            "Your continued use of the app after the change means that you accept the new terms.",
            "If you do not agree to these terms, you must stop using the website.",
        ),
        "By using the zoom button you can enlarge the map.",
    ),
    "unilateral_change": (
        (
            "We may change these terms at any time.",
            "Fernbank reserves the right to modify or discontinue any part of the service.",
            "The updated policy will become effective when we post it on this page.",
        ),
        "You can change your nickname in the settings.",
    ),
    "auto_renewal": (
        (
            "Your subscription renews automatically for another year unless you cancel it.",
            "When the free trial ends you will be charged the monthly price.",
            "Recurring payments continue until you cancel your plan.",
        ),
        "Passports should be renewed before a long journey.",
    ),
    "fees_refunds": (
        (
            "All payments are final and non-refundable.",
            "We will refund the full price within 14 days of purchase.",
            "A late fee of two euros is added to overdue invoices.",
        ),
        "Feel free to browse the gallery.",
    ),
    "account_termination": (
        (
            "We may suspend or terminate your account for any reason.",
            "Your access can be revoked if you breach these rules.",
            "You may close your account at any time in the settings.",
        ),
        "The bus line terminates at the harbor.",
    ),
    "content_removal": (
        (
            "We may remove any content that we find unsuitable.",
            "Posts that break these rules will be deleted.",
            "Fernbank may refuse to publish a review without giving reasons.",
        ),
        "You can delete your photos whenever you like.",
    ),
    "acceptable_use": (
        (
            "You may not reverse engineer the software.",
            "Users must not upload obscene or defamatory pictures.",
            "The catalog is for your personal, non-commercial use only.",
        ),
        "You may not be able to watch every film abroad.",
    ),
    "content_license": (
        (
            "You grant us a worldwide, royalty-free license to use, copy and display your content.",
            "This license ends when you delete your content from the service.",
            "By posting a photo you give Fernbank the right to publish and adapt it in any media.",
        ),
        "We grant you a limited license to use the software.",
    ),
    "feedback_rights": (
        (
            "If you send us suggestions, we may use them without any obligation to you.",
            "You assign to Fernbank all rights in your feedback.",
            "We are free to use ideas you submit for any purpose, without compensation.",
        ),
        "We collect feedback as data about how you use the app and keep it in our records.",
    ),
    "moral_publicity_rights": (
        (
            "You waive all moral rights in what you upload.",
            "We may use your name and likeness in advertising.",
            "Your profile picture may be shown next to or in sponsored posts.",
        ),
        "Name and address are printed on the parcel.",
    ),
    "ip_ownership": (
        (
            "You retain ownership of everything you upload.",
            "All right, title and interest in the software remain the property of Fernbank.",
            "We do not claim ownership of your drawings.",
        ),
        "You use the trail map on your own and at your pace.",
    ),
    "ai_training": (
        (
            "We use your conversations to train our models unless you opt out.",
            "Your prompts will never be used for model training.",
            "By default, files uploaded to the workspace may help us improve our AI models.",
        ),
        "You may not use output to train a competing model.",
    ),
    "automated_decisions": (
        (
            "Loan requests are decided solely by automated means.",
            "We do not engage in profiling.",
            "You can ask for human review of an automated decision.",
        ),
        "Backups run automatically every night.",
    ),
    "data_collection_use": (
        (
            "We collect your name, e-mail address and phone number.",
            "Our servers log your IP address.",
            "We use your personal data to provide and improve the service.",
        ),
        "Stamp collectors gather in the old town every May.",
    ),
    "tracking_cookies": (
        (
            "We and our partners set cookies on your device.",
            "Web beacons tell us whether you opened the message.",
            "We do not respond to Do Not Track signals.",
        ),
        "Track your order on the delivery page.",
    ),
    "ad_targeting": (
        (
            "We show you personalized ads based on what you watch.",
            "You can opt out of marketing e-mails.",
            "Your interests are used to choose targeted advertising.",
        ),
        "The farmers' market opens at nine.",
    ),
    "sensitive_data_location": (
        (
            "With your permission we read your precise location.",
            "The watch records health data such as your heart rate.",
            "We derive a face geometry from your picture to unlock the door.",
        ),
        "The office location is shown on the map of the contact page.",
    ),
    "third_party_sharing": (
        (
            "We share your personal information with our advertising partners.",
            "Service providers process data on our behalf.",
            "We never disclose your details to third parties.",
        ),
        "Share the photo with your grandmother by pressing the arrow.",
    ),
    "data_sale": (
        (
            "We do not sell your personal information.",
            "Your data may be sold to data brokers.",
            "You may opt out of the sale of personal data.",
        ),
        "The winter sale starts on Friday.",
    ),
    "government_disclosure": (
        (
            "We may disclose your data to law enforcement when a subpoena requires it.",
            "If a court order compels us to hand over information, we will notify you first.",
            "We may release records where we believe in good faith that the law requires it.",
        ),
        "Employees must comply with all applicable laws.",
    ),
    "business_transfer": (
        (
            "If we merge with another company, your information may be transferred to it.",
            "In a bankruptcy, customer data may be among the assets sold.",
            "Should our business be acquired, the buyer receives your personal data.",
        ),
        "New skills are acquired by practice.",
    ),
    "international_transfer": (
        (
            "Your data may be processed in countries outside the European Economic Area.",
            "We rely on standard contractual clauses for such transfers.",
            "Information is stored on servers in the United States.",
        ),
        "The parcel service ships to every country.",
    ),
    "data_retention": (
        (
            "We keep your messages for 90 days.",
            "Personal data are retained for as long as necessary to fulfill the purposes above.",
            "After you delete your account, copies may remain in our backups.",
        ),
        "You retain all rights in your songs.",
    ),
    "data_security": (
        (
            "We protect your data with technical and organizational measures.",
            "You are responsible for keeping your password confidential.",
            "No transmission over the internet is completely secure.",
        ),
        "Securing a table on Sundays is difficult.",
    ),
    "user_data_rights": (
        (
            "You have the right to access, correct or delete your personal data.",
            "You can download a copy of your information in the settings.",
            "You may lodge a complaint with a supervisory authority.",
        ),
        "Turn right after the access road.",
    ),
    "children_age": (
        (
            "You must be at least 16 years old to open an account.",
            "The service is not directed to children under 13.",
            "A parent or guardian must give consent.",
        ),
        "Refunds take at least 14 days.",
    ),
    "regional_terms": (
        (
            "If you are a resident of California, the following paragraphs add to the ones above.",
            "Swiss customers are served by Fernbank Zug and not by Fernbank Graz.",
            "This supplement applies only to users who live in the provinces listed below.",
        ),
        "Our California mill paints the shelves by hand.",
    ),
}
